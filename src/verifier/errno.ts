/** The error numbers that the verifier and bpf(2) return, always negated (include/uapi/asm-generic/errno*.h). */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  ENXIO: 6,
  E2BIG: 7,
  EBADF: 9,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EINVAL: 22,
  ENOSPC: 28,
  ELOOP: 40,
  EPROTO: 71,
  EOVERFLOW: 75,
  EOPNOTSUPP: 95,
  /** Of the kernel itself; bpf(2) lets it out. Not EOPNOTSUPP. */
  ENOTSUPP: 524,
} as const;

export type ErrnoName = keyof typeof ERRNO;
