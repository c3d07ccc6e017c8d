/**
 * The error numbers that registration and lookup return, always negated (include/uapi/asm-generic/errno-base.h and
 * errno.h). -ENOMEM is not among them: no allocation fails here.
 */
export const ERRNO = {
  ENOENT: 2,
  ENXIO: 6,
  E2BIG: 7,
  EACCES: 13,
  EEXIST: 17,
  EINVAL: 22,
  EOVERFLOW: 75,
} as const;
