/** None of the credentials at hand work. */
export class NoCredentialsError extends Error {
  constructor(tried: readonly string[]) {
    super(
      `no credentials at hand: ${tried.join("; ")}. Sign in, or name a profile by AWS_PROFILE, and run it again`,
    );
    this.name = "NoCredentialsError";
  }
}
