// Loads a BPF object with libbpf and prints what libbpf asks of the kernel, without a kernel: bpf(2) is caught, and says
// that everything worked. One JSON object a line: {"btf"}, {"map"}, {"prog"}.
//
// print-load OBJECT VMLINUX-BTF RELEASE [KCONFIG]
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#define KERNEL_BTF "/sys/kernel/btf/vmlinux"

static const char *btf_file;
static const char *release;

FILE *__real_fopen64(const char *path, const char *mode);
int __real_faccessat(int folder, const char *path, int mode, int flags);
long __real_syscall(long number, ...);

FILE *__wrap_fopen64(const char *path, const char *mode)
{
	return __real_fopen64(strcmp(path, KERNEL_BTF) ? path : btf_file, mode);
}

int __wrap_faccessat(int folder, const char *path, int mode, int flags)
{
	return strcmp(path, KERNEL_BTF) ? __real_faccessat(folder, path, mode, flags) : 0;
}

int __wrap_uname(struct utsname *name)
{
	memset(name, 0, sizeof(*name));
	strcpy(name->sysname, "Linux");
	strcpy(name->release, release);
	return 0;
}

static void hex(const char *key, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	printf(",\"%s\":\"", key);
	for (size_t i = 0; i < size; i++)
		printf("%02x", bytes[i]);
	printf("\"");
}

static int print_map(const union bpf_attr *attr)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	printf("{\"map\":\"%s\",\"fd\":%d,\"type\":%u,\"key_size\":%u,\"value_size\":%u,\"max_entries\":%u,\"flags\":%u,"
	       "\"key\":%u,\"value\":%u,\"inner\":%d}\n",
	       attr->map_name, fd, attr->map_type, attr->key_size, attr->value_size, attr->max_entries,
	       attr->map_flags, attr->btf_key_type_id, attr->btf_value_type_id,
	       attr->map_type == BPF_MAP_TYPE_ARRAY_OF_MAPS || attr->map_type == BPF_MAP_TYPE_HASH_OF_MAPS ?
		       (int)attr->inner_map_fd : -1);
	return fd;
}

static int print_program(const union bpf_attr *attr)
{
	printf("{\"prog\":\"%s\",\"type\":%u,\"attach\":%u,\"attach_id\":%u,\"flags\":%u", attr->prog_name,
	       attr->prog_type, attr->expected_attach_type, attr->attach_btf_id, attr->prog_flags);
	hex("license", (void *)attr->license, strlen((char *)attr->license));
	hex("insns", (void *)attr->insns, 8 * (size_t)attr->insn_cnt);
	hex("func_info", (void *)attr->func_info, (size_t)attr->func_info_cnt * attr->func_info_rec_size);
	hex("line_info", (void *)attr->line_info, (size_t)attr->line_info_cnt * attr->line_info_rec_size);
	printf("}\n");
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

long __wrap_syscall(long number, ...)
{
	va_list list;
	long args[5];

	va_start(list, number);
	for (int i = 0; i < 5; i++)
		args[i] = va_arg(list, long);
	va_end(list);
	if (number != __NR_bpf)
		return __real_syscall(number, args[0], args[1], args[2], args[3], args[4]);
	/* Some of libbpf's calls give a part of it. */
	union bpf_attr whole = {}, *attr = &whole;

	memcpy(attr, (void *)args[1], (size_t)args[2] < sizeof(whole) ? (size_t)args[2] : sizeof(whole));
	switch (args[0]) {
	case BPF_BTF_LOAD:
		printf("{\"btf\":%u", attr->btf_size);
		hex("bytes", (void *)attr->btf, attr->btf_size);
		printf("}\n");
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	case BPF_MAP_CREATE:
		return print_map(attr);
	case BPF_PROG_LOAD:
		return print_program(attr);
	case BPF_MAP_UPDATE_ELEM:
		if (attr->value)
			printf("{\"update\":%u}\n", attr->map_fd);
		return 0;
	case BPF_MAP_FREEZE:
		printf("{\"freeze\":%u}\n", attr->map_fd);
		return 0;
	case BPF_BTF_GET_NEXT_ID:
		errno = ENOENT;
		return -1;
	default:
		return 0;
	}
}

static int warn(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, args) : 0;
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	struct bpf_object *object;
	struct bpf_program *program;
	int error;

	if (argc < 4)
		return 2;
	btf_file = argv[2];
	release = argv[3];
	options.kconfig = argc > 4 ? argv[4] : NULL;
	libbpf_set_print(warn);
	object = bpf_object__open_file(argv[1], &options);
	if (!object)
		return 1;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, true);
	printf("{\"begin\":1}\n");
	error = bpf_object__load(object);
	printf("{\"end\":%d}\n", error);
	return 0;
}
