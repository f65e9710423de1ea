import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { tokenFor, tokenVariables } from '../../../../../src/sources/terraform/backends/tfc/token.ts';
import { type Directory, newDirectory } from '../../state/directory.ts';

const HOST = 'tfe.my-company.example';

let home: Directory;
beforeEach(async () => {
  home = await newDirectory();
});
afterEach(() => home.remove());

it.each<[string, Record<string, string>, string, string | undefined]>([
  ['TF_TOKEN_*, dots and dashes written out', { TF_TOKEN_tfe_my__company_example: 'a' }, HOST, 'a'],
  ['TF_TOKEN_* with the dash as it is', { 'TF_TOKEN_tfe_my-company_example': 'a' }, HOST, 'a'],
  ['TF_TOKEN_* in capitals', { TF_TOKEN_TFE_MY__COMPANY_EXAMPLE: 'a' }, HOST, 'a'],
  ['TF_TOKEN_* of another host', { TF_TOKEN_app_terraform_io: 'a' }, HOST, undefined],
  ['TF_TOKEN_* before TFE_TOKEN', { TF_TOKEN_app_terraform_io: 'a', TFE_TOKEN: 'b' }, 'app.terraform.io', 'a'],
  ['TFE_TOKEN for HCP Terraform', { TFE_TOKEN: 'b' }, 'app.terraform.io', 'b'],
  ['TFE_TOKEN for no other host', { TFE_TOKEN: 'b' }, HOST, undefined],
  ['TFE_TOKEN with TFE_HOSTNAME', { TFE_TOKEN: 'b', TFE_HOSTNAME: HOST }, HOST, 'b'],
  ['TFE_TOKEN that is for TFE_HOSTNAME', { TFE_TOKEN: 'b', TFE_HOSTNAME: HOST }, 'app.terraform.io', undefined],
  ['TFE_TOKEN with TFE_ADDRESS', { TFE_TOKEN: 'b', TFE_ADDRESS: `https://${HOST}/` }, HOST, 'b'],
  [
    'TFE_TOKEN that is for TFE_ADDRESS',
    { TFE_TOKEN: 'b', TFE_ADDRESS: `https://${HOST}` },
    'app.terraform.io',
    undefined,
  ],
  ['a token with a line break inside', { TFE_TOKEN: 'b\nc' }, 'app.terraform.io', undefined],
  ['a token with a line break behind it', { TFE_TOKEN: 'b\n' }, 'app.terraform.io', 'b'],
])('%s', async (_, env, host, expected) => {
  expect(await tokenFor(host, { ...env, HOME: home.path })).toBe(expected);
});

it('stands in what terraform login left', async () => {
  await home.write('.terraform.d/credentials.tfrc.json', { credentials: { [HOST]: { token: 'c' }, other: {} } });
  expect(await tokenFor(HOST, { HOME: home.path })).toBe('c');
  expect(await tokenFor('other', { HOME: home.path })).toBeUndefined();
});

it('stands in the CLI configuration, which counts before', async () => {
  const block = `# credentials "${HOST}" {}\nplugin_cache_dir = "/x"\n\ncredentials "${HOST}" {\n  token = "d"\n}\n`;
  await home.write('.terraform.d/credentials.tfrc.json', { credentials: { [HOST]: { token: 'c' } } });
  await home.write('.terraformrc', block);
  await home.write('own.tfrc', block.replace('"d"', '"e"'));
  expect(await tokenFor(HOST, { HOME: home.path })).toBe('d');
  expect(await tokenFor(HOST, { HOME: home.path, TF_CLI_CONFIG_FILE: `${home.path}/own.tfrc` })).toBe('e');
});

it.each(['{', '[]', '{"credentials": {"x": 7}}', ''])('is not in a damaged file: %s', async (text) => {
  await home.write('.terraform.d/credentials.tfrc.json', text);
  expect(await tokenFor(HOST, { HOME: home.path })).toBeUndefined();
});

it('is asked for by the name that Terraform gives the variable', () => {
  expect(tokenVariables(`${HOST}:8443`)).toBe(
    `set TF_TOKEN_tfe_my__company_example, or run "terraform login ${HOST}:8443"`,
  );
});
