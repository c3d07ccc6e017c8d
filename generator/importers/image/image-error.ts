/**
 * What can be wrong with a kernel image. `unsupported`: an image or compression that is not read. `corrupt`: it cannot be
 * what it says. `too-big`: it unpacks to more than MAX_IMAGE_BYTES.
 */
export type ImageErrorCode = 'unsupported' | 'corrupt' | 'too-big';

/** A kernel image that cannot be unpacked. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(`kernel image: ${message}`, options);
    this.code = code;
  }
}

/** Whether something caught is an ImageError. */
export function isImageError(error: unknown): error is ImageError {
  return error instanceof ImageError;
}

/** As much is unpacked; a vmlinux without debug information has 40 to 80 MB. */
export const MAX_IMAGE_BYTES = 512 * 1024 * 1024;

/** @throws ImageError `too-big` */
export function requireImageSize(bytes: number): void {
  if (bytes > MAX_IMAGE_BYTES) {
    throw new ImageError('too-big', `${String(bytes)} bytes unpacked, limit ${String(MAX_IMAGE_BYTES)}`);
  }
}
