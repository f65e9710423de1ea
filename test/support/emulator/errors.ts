/** An error as AWS answers it: the code is the exception's name in the service's API reference. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The input breaks a constraint of the API's model (common errors of every AWS service). */
export const validation = (message: string): AwsError => new AwsError('ValidationException', message);
