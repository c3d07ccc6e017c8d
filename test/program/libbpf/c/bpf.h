/* What the sources here need of libbpf's headers. */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed int s32;
typedef signed long long s64;
typedef _Bool bool;

#define SEC(name) __attribute__((section(name), used))
#define __ksym __attribute__((section(".ksyms")))
#define __kconfig __attribute__((section(".kconfig")))
#define __weak __attribute__((weak))
#define __hidden __attribute__((visibility("hidden")))
#define __noinline __attribute__((noinline))
#define __always_inline inline __attribute__((always_inline))
#define __uint(name, val) int (*name)[val]
#define __type(name, val) typeof(val) *name
#define __array(name, val) typeof(val) *name[]
#define core __attribute__((preserve_access_index))

enum { HASH = 1, ARRAY = 2, PROG_ARRAY = 3, PERF_EVENT_ARRAY = 4, ARRAY_OF_MAPS = 12, SOCKMAP = 15, RINGBUF = 27 };

static void *(*bpf_map_lookup_elem)(void *, const void *) = (void *)1;
static long (*bpf_map_update_elem)(void *, const void *, const void *, u64) = (void *)2;
static u64 (*bpf_ktime_get_ns)(void) = (void *)5;
static long (*bpf_tail_call)(void *, void *, u32) = (void *)12;
static long (*bpf_probe_read_kernel)(void *, u32, const void *) = (void *)113;
static long (*bpf_for_each_map_elem)(void *, void *, void *, u64) = (void *)164;
static long (*bpf_loop)(u32, void *, void *, u64) = (void *)181;
