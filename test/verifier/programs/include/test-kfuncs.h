/* The kfuncs that kernels have for tests of their own (net/bpf/test_run.c), and what they work on. */
#pragma once
#include "bpf.h"

struct prog_test_member1 {
	int a;
} __core;
struct prog_test_member {
	struct prog_test_member1 m;
	int c;
} __core;
struct prog_test_ref_kfunc {
	int a;
	int b;
	struct prog_test_member memb;
	struct prog_test_ref_kfunc *next;
} __core;
struct prog_test_pass1 {
	int x0;
	struct {
		int x1;
		struct {
			int x2;
			struct {
				int x3;
			};
		};
	};
};

struct prog_test_ref_kfunc *bpf_kfunc_call_test_acquire(unsigned long *scalar_ptr) __ksym;
void bpf_kfunc_call_test_release(struct prog_test_ref_kfunc *p) __ksym;
void bpf_kfunc_call_memb_release(struct prog_test_member *p) __ksym;
struct prog_test_ref_kfunc *bpf_kfunc_call_test_kptr_get(struct prog_test_ref_kfunc **pp, int a, int b) __ksym;
void bpf_kfunc_call_test_mem_len_pass1(void *mem, int mem__sz) __ksym;
void bpf_kfunc_call_test_pass1(struct prog_test_pass1 *p) __ksym;
