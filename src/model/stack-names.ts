/** Id of the stack that defines the state bucket, in the hub account. */
export const STATE_BUCKET_STACK = "state-bucket";
