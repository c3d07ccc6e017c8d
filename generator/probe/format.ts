/** The format of results that this version writes and reads. */
export const FORMAT = 1;
