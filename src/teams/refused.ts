/** Why a request is not let in: neither text holds anything of what was sent. */
export class Refused extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 413 | 415 | 503,
    /** For whoever sent it. */
    message: string,
    /** For the log. */
    readonly reason = message,
  ) {
    super(message);
  }
}
