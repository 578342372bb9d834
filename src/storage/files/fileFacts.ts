/** Size in bytes and the time of the last change in milliseconds since the epoch. */
export interface FileFacts {
  readonly size: number;
  readonly modifiedAt: number;
}
