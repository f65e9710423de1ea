import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { environment } from './programs.ts';

const MOTO = 'moto_server';

/** moto on a port of its own. */
export interface Moto {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Where programs look for moto, with keys that it does not check; its address comes as AWS_ENDPOINT_URL. */
export const MOTO_ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not checked',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Starts moto; its first lines on stderr say where it is. */
export async function startMoto(): Promise<Moto> {
  const child = spawn(MOTO, ['-H', '127.0.0.1', '-p', '0'], {
    env: environment({ PYTHONUNBUFFERED: '1' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
  };
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const url = /Running on (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    // Whoever stops reading closes the pipe, and moto would fail on its next log line.
    child.stderr.resume();
    return { url, stop };
  }
  throw new Error(`moto_server ended:\n${said.join('\n')}`);
}
