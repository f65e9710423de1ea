import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';

async function answerTo(line: string) {
  const host = memoryHost();
  const never = () => Promise.reject(new TypeError('usage is checked before anything is looked at'));
  const code = await run(line === '' ? [] : line.split(' '), host, never);
  return { code, ...host.said };
}

describe('wrong usage is one line on stderr and exit 2', () => {
  it.each([
    ['', 'name a command: keydrift --help lists them'],
    ['scna', "unknown command 'scna' (Did you mean scan?)"],
    ['lint', "unknown command 'lint' (Did you mean rules lint?)"],
    ['scan --regoin eu-west-1', "unknown option '--regoin' (Did you mean --region?)"],
    ['scan terraform.tfstate', "too many arguments for 'scan'. Expected 0 arguments but got 1."],
    ['scan --region', "option '--region <region>' argument missing"],
    ['scan --region EU', "option '--region <region>' argument 'EU' is invalid. A Region is named like eu-west-1."],
    [
      'scan --region us-esat-1',
      /'us-esat-1' is invalid\. No Region is named like this \(did you mean "us-east-1"\?\)\./,
    ],
    ['scan --since 999999999d', /'999999999d' is invalid\. At most 7300d\./],
    ['scan --grace 91d', /'91d' is invalid\. At most 90d\./],
    ['scan --since 0d', /'0d' is invalid\. A duration is written like 90d, 12h, 30m or 45s\./],
    ['scan --grace soon', /'soon' is invalid\. A duration is written like/],
    ['scan --as-of 2026-02-30', /'2026-02-30' is invalid\. A time is written like/],
    ['scan --as-of yesterday', /'yesterday' is invalid\. A time is written like/],
    ['scan --fail-on urgent', /'urgent' is invalid\. Allowed choices are critical, high, medium, low, info, never\./],
    ['scan --estate whole', /'whole' is invalid\. Allowed choices are complete, partial\./],
    ['scan -o xml', /'xml' is invalid\. Formats are .*json/],
    ['scan -o json=', /The path after = is empty\./],
    ['scan --state=', /--state is empty/],
    ['scan --save-inventory -', /'-' is invalid\. An inventory goes to a file, not to stdout: name one\./],
    ['collect --save-inventory=', /'' is invalid\. An inventory goes to a file, not to stdout: name one\./],
    ['scan --config nowhere.yaml', 'cannot read the settings nowhere.yaml: no such file or directory'],
    ['scan --state tfstate+https://user:hunter2@host/state', /^--state https:\/\/…: a password in an address is seen/],
    ['scan --state gs://bucket/state', /^--state gs:\/\/…: no such kind of place/],
    ['scan --plan', "option '--plan <file>' argument missing"],
    ['collect', "required option '--save-inventory <file>' not specified"],
    ['report', "missing required argument 'file'"],
    ['rules', 'name a command: keydrift rules --help lists them'],
    ['rules show unmanagd-key', /^no rule is named unmanagd-key \(did you mean "unmanaged-key"\?\)/],
  ])('keydrift %s', async (line, message) => {
    const { code, stdout, stderr } = await answerTo(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/^keydrift: /), '']);
    const said = stderr.slice('keydrift: '.length, -1);
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});

describe('what the contract names and this version lacks says so', () => {
  it.each([
    ['scan --region all', '--region all is not built yet'],
    ['scan --role-arn arn:aws:iam::111122223333:role/audit', '--role-arn is not built yet'],
    ['scan --account 111122223333', '--account is not built yet'],
    ['scan --events s3://trail/AWSLogs', '--events WHERE'],
    ...['explain', 'import', 'diff', 'merge', 'doctor'].map(
      (name) => [`${name} --some flag`, `the command ${name} is not built yet`] as const,
    ),
  ])('keydrift %s', async (line, message) => {
    const { code, stdout, stderr } = await answerTo(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keydrift: .*not built yet.*\n$/);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });

  it('and no help lists it', async () => {
    for (const line of ['--help', 'scan --help', 'collect --help']) {
      const { stdout } = await answerTo(line);
      expect(stdout).not.toMatch(/--role-arn|--account|doctor|built yet/);
    }
  });
});

describe('help and version are answers: stdout, exit 0', () => {
  it.each([
    ['--version', /^0\.1\.0\n$/],
    ['-V', /^0\.1\.0\n$/],
    ['--help', /Commands:\n +scan .*\n[\s\S]*Examples:/],
    ['help scan', /Where to look:[\s\S]*How to judge:[\s\S]*What to say:[\s\S]*Exit codes:\n +0 /],
    ['scan --help', /--fail-on <severity>/],
    ['collect --help', /Exit codes:/],
    ['report -h', /<file>/],
    ['rules test --help', /a test failed/],
  ])('keydrift %s', async (line, text) => {
    const { code, stdout, stderr } = await answerTo(line);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(text);
    for (const shown of stdout.split('\n')) expect(shown.length).toBeLessThanOrEqual(100);
  });
});
