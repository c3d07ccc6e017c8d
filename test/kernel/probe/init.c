/*
 * PID 1 of an initramfs that holds a probe: inserts the modules /0.ko, /1.ko and so on, makes a network device that
 * takes programs bound to it, runs /probe with its output on the second serial port, and ends the machine. /config, where
 * it is there, is the kernel's configuration.
 */
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int open_port(void)
{
	struct termios settings;
	int fd = open("/dev/ttyS1", O_WRONLY | O_NOCTTY);

	if (fd >= 0 && !tcgetattr(fd, &settings)) {
		cfmakeraw(&settings);
		cfsetspeed(&settings, B115200);
		tcsetattr(fd, TCSANOW, &settings);
	}
	return fd;
}

static void insert_modules(void)
{
	for (int at = 0;; at++) {
		char path[32];
		int fd;

		snprintf(path, sizeof(path), "/%d.ko", at);
		fd = open(path, O_RDONLY);
		if (fd < 0)
			return;
		if (syscall(SYS_finit_module, fd, "", 0))
			perror(path);
		close(fd);
	}
}

/* It is there as long as its file is open. */
static void make_device(void)
{
	struct ifreq request = { .ifr_name = "probe0", .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR);

	if (fd >= 0 && ioctl(fd, TUNSETIFF, &request))
		perror("/dev/net/tun");
}

static void turn_jit_on(void)
{
	int fd = open("/proc/sys/net/core/bpf_jit_enable", O_WRONLY);

	if (fd < 0 || write(fd, "1", 1) < 0)
		perror("bpf_jit_enable");
	close(fd);
}

int main(void)
{
	int port;
	pid_t child;

	mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	turn_jit_on();
	insert_modules();
	make_device();
	port = open_port();
	child = fork();
	if (child == 0) {
		dup2(port, STDOUT_FILENO);
		execl("/probe", "probe", access("/config", R_OK) ? NULL : "/config", (char *)NULL);
		perror("/probe");
		_exit(1);
	}
	waitpid(child, NULL, 0);
	tcdrain(port);
	sync();
	/* QEMU is told to end where the machine would start again. */
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_RESTART, NULL);
	for (;;)
		pause();
}
