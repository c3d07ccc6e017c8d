#include "bpf.h"

/* BPF_CORE_TYPE_MATCHES is there from clang 16 on. */
#define MATCHES(type) __builtin_preserve_type_info(*(type *)0, 2)

struct list_head {
	struct list_head *next, *prev;
};
struct list_head___less {
	struct list_head___less *prev;
};
struct list_head___other {
	struct list_head *next, *prev, *third;
};
struct hlist_head {
	struct hlist_node *first;
};
struct hlist_head___number {
	u64 first;
};
struct path {
	struct vfsmount *mnt;
};
struct path___union {
	union vfsmount___union *mnt;
};
struct qstr {
	const unsigned char *name;
};
struct qstr___signed {
	const signed char *name;
};
enum bpf_map_type {
	BPF_MAP_TYPE_HASH,
	BPF_MAP_TYPE_ARRAY___x,
};
enum bpf_map_type___bad {
	BPF_MAP_TYPE_NOWHERE,
};
typedef int (*initcall_t)(void);
typedef struct {
	int counter;
} atomic_t;
typedef struct {
	long counter;
} atomic_t___long;
typedef unsigned short umode_t;

u64 out[64];
#define PUT(value) out[slot++ & 63] = (value)

SEC("kprobe/one")
int matches(void *context)
{
	int slot = 0;

	PUT(MATCHES(struct list_head));
	PUT(MATCHES(struct list_head___less));
	PUT(MATCHES(struct list_head___other));
	PUT(MATCHES(struct hlist_head));
	PUT(MATCHES(struct hlist_head___number));
	PUT(MATCHES(struct path));
	PUT(MATCHES(struct path___union));
	PUT(MATCHES(struct qstr));
	PUT(MATCHES(struct qstr___signed));
	PUT(MATCHES(enum bpf_map_type));
	PUT(MATCHES(enum bpf_map_type___bad));
	PUT(MATCHES(initcall_t));
	PUT(MATCHES(atomic_t));
	PUT(MATCHES(atomic_t___long));
	PUT(MATCHES(umode_t));
	return 0;
}

char _license[] SEC("license") = "GPL";
