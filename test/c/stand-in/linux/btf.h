/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The interface to register with. <profile.h>, made of a kernel's profile, has the names and numbers of program types
 * and flags, and says which layout the sets have.
 */
#ifndef STAND_IN_BTF_H
#define STAND_IN_BTF_H

#include <profile.h>

typedef unsigned int u32;

struct bpf_prog;
struct module;
struct btf_id_set;
struct btf_id_set8;

struct btf_kfunc_id_set {
	struct module *owner;
#ifdef STAND_IN_FIVE_SETS
#define STAND_IN_POINTER(member) struct btf_id_set *member;
	STAND_IN_MEMBERS(STAND_IN_POINTER)
#undef STAND_IN_POINTER
#else
	struct btf_id_set8 *set;
	int (*filter)(const struct bpf_prog *prog, u32 kfunc_id);
#endif
};

#ifdef STAND_IN_DTORS
struct btf_id_dtor_kfunc {
	u32 btf_id;
	u32 kfunc_btf_id;
};
#endif

#ifdef CONFIG_BPF_SYSCALL
int register_btf_kfunc_id_set(enum bpf_prog_type type, const struct btf_kfunc_id_set *set);
int register_btf_fmodret_id_set(const struct btf_kfunc_id_set *set);
#ifdef STAND_IN_DTORS
int register_btf_id_dtor_kfuncs(const struct btf_id_dtor_kfunc *pairs, u32 count, struct module *owner);
#endif
#else
#define STAND_IN_IGNORED __attribute__((unused))
static inline int register_btf_kfunc_id_set(enum bpf_prog_type type STAND_IN_IGNORED,
					    const struct btf_kfunc_id_set *set STAND_IN_IGNORED)
{
	return 0;
}
static inline int register_btf_fmodret_id_set(const struct btf_kfunc_id_set *set STAND_IN_IGNORED)
{
	return 0;
}
#ifdef STAND_IN_DTORS
static inline int register_btf_id_dtor_kfuncs(const struct btf_id_dtor_kfunc *pairs STAND_IN_IGNORED,
					      u32 count STAND_IN_IGNORED, struct module *owner STAND_IN_IGNORED)
{
	return 0;
}
#endif
#endif

#endif
