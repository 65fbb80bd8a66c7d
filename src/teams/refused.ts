/** The rejection of a request. Neither text contains anything of the request. */
export class RequestRejected extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 413 | 415 | 503,
    /** For the client. */
    message: string,
    /** For the log. */
    readonly reason = message,
  ) {
    super(message);
  }
}
