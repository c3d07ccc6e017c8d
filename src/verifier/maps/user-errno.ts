/** Error numbers of operations from user space that no verifier returns. */
export const USER_ERRNO = {
  ENODEV: 19,
  ENOTSOCK: 88,
} as const;
