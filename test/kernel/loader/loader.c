/*
 * PID 1 of the initramfs: does the jobs of /jobs in order and writes what came of them to the second serial port.
 *
 * A job is a list of steps, a step one system call. All that depends on the kernel is resolved by whoever wrote the
 * jobs: here, attributes of bpf(2) are bytes in which addresses and file descriptors are filled in. So this program
 * knows nothing of programs, maps or BTF. The layout of /jobs and of the answers is described in jobs.ts.
 */
#include <fcntl.h>
#include <errno.h>
#include <linux/reboot.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum kind { CALL_BPF, MAP_MEMORY, INIT_MODULE, DELETE_MODULE, READ_FILE, CLOSE, WAIT };
enum fill { FILL_DATA, FILL_RESULT, FILL_LOG, FILL_OUTPUT };
enum { REPORT = 1, MAX_STEPS = 4096, FROM_SETUP = 0x10000 };

#define MAGIC 0x324a464bu
#define LOG_BYTES (1u << 20)
#define OUTPUT_BYTES (1u << 16)
/* Of a log only the end is sent: the serial port is slow. */
#define LOG_TAIL 1500

static char *log_buffer, *output;
static int port = 1;

static void send(const void *bytes, size_t count)
{
	const char *at = bytes;

	while (count > 0) {
		ssize_t done = write(port, at, count);

		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (done > 0) {
			at += done;
			count -= done;
		}
	}
}

static uint32_t word(const uint8_t **at)
{
	uint32_t value;

	memcpy(&value, *at, sizeof(value));
	*at += sizeof(value);
	return value;
}

static const uint8_t *blob(const uint8_t **at, uint32_t *count)
{
	const uint8_t *start;

	*count = word(at);
	start = *at;
	*at += (*count + 3) & ~3u;
	return start;
}

static long result_of(long value)
{
	return value < 0 ? -errno : value;
}

static long read_file(const char *path, uint32_t *produced)
{
	int fd = open(path, O_RDONLY);
	ssize_t count, total = 0;

	if (fd < 0)
		return -errno;
	while (total < OUTPUT_BYTES && (count = read(fd, output + total, OUTPUT_BYTES - total)) > 0)
		total += count;
	close(fd);
	*produced = total;
	return total;
}

static void report(uint32_t job, uint32_t step, long result, int logged, uint32_t produced)
{
	size_t length = logged ? strnlen(log_buffer, LOG_BYTES) : 0;
	size_t tail = length > LOG_TAIL ? LOG_TAIL : length;
	char line[96];

	send(line, snprintf(line, sizeof(line), "R %u %u %ld %zu %u\n", job, step, result, tail, produced));
	send(log_buffer + length - tail, tail);
	send(output, produced);
	send("\n", 1);
}

static int is_descriptor(enum kind kind, uint32_t command)
{
	/* BPF_MAP_CREATE, BPF_PROG_LOAD, BPF_BTF_LOAD */
	return kind == CALL_BPF && (command == 0 || command == 5 || command == 18);
}

static void run_job(const uint8_t *at, uint32_t job, const long *setup, long *results)
{
	uint32_t steps = word(&at);
	int descriptors[MAX_STEPS], opened = 0;

	for (uint32_t step = 0; step < steps && step < MAX_STEPS; step++) {
		enum kind kind = word(&at);
		uint32_t command = word(&at), flags = word(&at), wanted = word(&at);
		uint32_t attr_bytes, data_bytes, produced = 0;
		const uint8_t *attr_in = blob(&at, &attr_bytes), *data_in = blob(&at, &data_bytes);
		uint8_t *attr = calloc(1, attr_bytes + 8), *data = calloc(1, data_bytes + 8);
		int logged = 0;
		long result = -ENOSYS;

		memcpy(attr, attr_in, attr_bytes);
		memcpy(data, data_in, data_bytes);
		for (uint32_t fills = word(&at); fills > 0; fills--) {
			uint32_t in_data = word(&at), offset = word(&at), argument;
			uint8_t *where = (in_data ? data : attr) + offset;
			enum fill fill = word(&at);
			uint64_t address = 0;

			argument = word(&at);
			if (fill == FILL_RESULT) {
				uint32_t slot = argument & (FROM_SETUP - 1);
				int32_t value = argument & FROM_SETUP ? setup[slot] : results[slot];

				memcpy(where, &value, sizeof(value));
				continue;
			}
			if (fill == FILL_DATA)
				address = (uintptr_t)data + argument;
			if (fill == FILL_LOG)
				address = (uintptr_t)log_buffer, logged = 1;
			if (fill == FILL_OUTPUT)
				address = (uintptr_t)output;
			memcpy(where, &address, sizeof(address));
		}
		log_buffer[0] = 0;
		switch (kind) {
		case CALL_BPF:
			result = result_of(syscall(SYS_bpf, command, attr, attr_bytes));
			if (result >= 0)
				produced = wanted;
			break;
		case MAP_MEMORY: {
			uint32_t size, protection;
			int32_t fd;
			void *memory;

			memcpy(&fd, attr, 4), memcpy(&size, attr + 4, 4), memcpy(&protection, attr + 8, 4);
			memory = mmap(NULL, size, protection, MAP_SHARED, fd, 0);
			result = memory == MAP_FAILED ? -errno : munmap(memory, size);
			break;
		}
		case INIT_MODULE:
			result = result_of(syscall(SYS_init_module, data, data_bytes, ""));
			break;
		case DELETE_MODULE:
			result = result_of(syscall(SYS_delete_module, data, 0));
			break;
		case READ_FILE:
			result = read_file((const char *)data, &produced);
			break;
		case CLOSE: {
			int32_t fd;

			memcpy(&fd, attr, 4);
			result = result_of(close(fd));
			for (int at_fd = 0; at_fd < opened; at_fd++)
				if (descriptors[at_fd] == fd)
					descriptors[at_fd] = -1;
			break;
		}
		case WAIT: {
			uint32_t milliseconds;

			memcpy(&milliseconds, attr, 4);
			result = usleep(milliseconds * 1000);
			break;
		}
		}
		results[step] = result;
		if (is_descriptor(kind, command) && result >= 0)
			descriptors[opened++] = result;
		if (flags & REPORT)
			report(job, step, is_descriptor(kind, command) && result > 0 ? 0 : result, logged, produced);
		free(attr);
		free(data);
	}
	/* What the first job opens is for all that follow. */
	for (int at_fd = 0; at_fd < opened && results != setup; at_fd++)
		if (descriptors[at_fd] >= 0)
			close(descriptors[at_fd]);
}

static void open_port(void)
{
	struct termios settings;
	int fd = open("/dev/ttyS1", O_WRONLY | O_NOCTTY);

	if (fd < 0)
		return;
	if (!tcgetattr(fd, &settings)) {
		cfmakeraw(&settings);
		cfsetspeed(&settings, B115200);
		tcsetattr(fd, TCSANOW, &settings);
	}
	port = fd;
}

static void prepare(void)
{
	struct rlimit memory = { RLIM_INFINITY, RLIM_INFINITY }, files = { 8192, 8192 };
	int fd;

	mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	open_port();
	setrlimit(RLIMIT_MEMLOCK, &memory);
	setrlimit(RLIMIT_NOFILE, &files);
	fd = open("/proc/sys/net/core/bpf_jit_enable", O_WRONLY);
	if (fd >= 0) {
		if (write(fd, "1", 1) < 0)
			send("E jit\n", 6);
		close(fd);
	}
}

static void leave(void)
{
	tcdrain(port);
	sync();
	/* QEMU is told to end where the machine would start again; switching off needs ACPI. */
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_RESTART, NULL);
	for (;;)
		pause();
}

static const uint8_t *read_jobs(void)
{
	struct stat info;
	int fd = open("/jobs", O_RDONLY);
	uint8_t *bytes;
	off_t got = 0;
	ssize_t count;

	if (fd < 0 || fstat(fd, &info) || !(bytes = malloc(info.st_size + 8)))
		return NULL;
	while (got < info.st_size && (count = read(fd, bytes + got, info.st_size - got)) > 0)
		got += count;
	close(fd);
	return got == info.st_size ? bytes : NULL;
}

int main(void)
{
	static long setup[MAX_STEPS], results[MAX_STEPS];
	struct utsname name;
	volatile uint32_t *current;
	const uint8_t *at;
	uint32_t jobs;
	char line[128];

	prepare();
	uname(&name);
	send(line, snprintf(line, sizeof(line), "K %s\n", name.release));
	at = read_jobs();
	log_buffer = mmap(NULL, LOG_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	output = mmap(NULL, OUTPUT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	current = mmap(NULL, sizeof(*current), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!at || word(&at) != MAGIC) {
		send("E jobs\n", 7);
		leave();
	}
	jobs = word(&at);
	const uint8_t **starts = calloc(jobs + 1, sizeof(*starts));
	for (uint32_t job = 0; job < jobs; job++) {
		uint32_t bytes = word(&at);

		starts[job] = at;
		at += bytes;
	}
	/* Job 0 prepares in this process; the others run in a child, so that one that is killed takes none with it. */
	if (jobs > 0)
		run_job(starts[0], 0, setup, setup);
	*current = 1;
	while (*current < jobs) {
		int status = 0;
		pid_t child = fork();

		if (child == 0) {
			while (*current < jobs) {
				run_job(starts[*current], *current, setup, results);
				(*current)++;
			}
			_exit(0);
		}
		waitpid(child, &status, 0);
		if (*current < jobs) {
			send(line, snprintf(line, sizeof(line), "\nX %u %d\n", *current, status));
			(*current)++;
		}
	}
	send(line, snprintf(line, sizeof(line), "D %u\n", jobs));
	leave();
	return 0;
}
