/* The kfuncs of nf_conntrack, as users declare them. */
#pragma once
#include "net.h"

struct nf_conn {
	unsigned long status;
} __core;

/* A connection that is not in the table yet; since v6.0. */
struct nf_conn___init {
} __core;

struct bpf_ct_opts {
	__s32 netns_id;
	__s32 error;
	__u8 l4proto;
	__u8 dir;
	__u8 reserved[2];
};

enum { BPF_F_CURRENT_NETNS = -1, IPS_ASSURED = 1 << 2, IPS_CONFIRMED = 1 << 3, IPS_DYING = 1 << 9 };

struct nf_conn *bpf_xdp_ct_lookup(struct xdp_md *ctx, struct bpf_sock_tuple *tuple, __u32 tuple__sz,
				  struct bpf_ct_opts *opts, __u32 opts__sz) __ksym;
struct nf_conn *bpf_skb_ct_lookup(struct __sk_buff *ctx, struct bpf_sock_tuple *tuple, __u32 tuple__sz,
				  struct bpf_ct_opts *opts, __u32 opts__sz) __ksym;
void bpf_ct_release(struct nf_conn *nfct) __ksym;

struct nf_conn___init *bpf_xdp_ct_alloc(struct xdp_md *ctx, struct bpf_sock_tuple *tuple, __u32 tuple__sz,
					struct bpf_ct_opts *opts, __u32 opts__sz) __weak __ksym;
struct nf_conn *bpf_ct_insert_entry(struct nf_conn___init *nfct) __weak __ksym;
void bpf_ct_set_timeout(struct nf_conn___init *nfct, __u32 timeout) __weak __ksym;
int bpf_ct_change_timeout(struct nf_conn *nfct, __u32 timeout) __weak __ksym;
