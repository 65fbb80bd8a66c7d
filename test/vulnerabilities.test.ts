import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exceptionsSchema, judgeAudit } from '../scripts/vulnerabilities/judge.js';

const url = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc';
const found = (
  name: string,
  nodes: string[],
  via: object | string = { name, url, title: 'Loops', severity: 'high' },
) => ({
  auditReportVersion: 2 as const,
  vulnerabilities: { [name]: { via: [via as never], nodes } },
});
const bundled = ['node_modules/qs', 'node_modules/restify/node_modules/semver'];
const exception = {
  advisory: 'GHSA-aaaa-bbbb-cccc',
  package: 'qs',
  reason: 'nothing that comes in is parsed by it',
  expires: '2026-12-31',
};
const today = '2026-11-30';

describe('what is known to be vulnerable', () => {
  const inBundle = found('qs', ['node_modules/qs']);

  test.each([
    ['nothing is known', { ...inBundle, vulnerabilities: {} }, [], []],
    ['it is in the bundle', inBundle, [], ['is in the bundle: node_modules/qs']],
    ['it is not in the bundle', found('esbuild', ['node_modules/esbuild']), [], []],
    ['another copy is in the bundle', found('semver', ['node_modules/semver']), [], []],
    [
      'it is in the bundle, below another package',
      found('semver', ['node_modules/semver', 'node_modules/restify/node_modules/semver']),
      [],
      ['is in the bundle: node_modules/restify/node_modules/semver'],
    ],
    ['the package only depends on it', found('restify', ['node_modules/qs'], 'qs'), [], []],
    ['it is excepted', inBundle, [exception], []],
    ['it is excepted until today', inBundle, [{ ...exception, expires: today }], []],
    ['its exception has ended', inBundle, [{ ...exception, expires: '2026-11-29' }], ['ended on 2026-11-29']],
    [
      'another advisory is excepted',
      inBundle,
      [{ ...exception, advisory: 'GHSA-aaaa-bbbb-dddd' }],
      ['is in the bundle', 'GHSA-aaaa-bbbb-dddd in qs excepts nothing'],
    ],
    [
      'another package is excepted',
      inBundle,
      [{ ...exception, package: 'pg' }],
      ['is in the bundle', 'in pg excepts nothing'],
    ],
    [
      'what is excepted is not in the bundle any more',
      found('qs', ['node_modules/x/node_modules/qs']),
      [exception],
      ['excepts nothing'],
    ],
    ['the exception holds for half a year', inBundle, [{ ...exception, expires: '2027-06-01' }], []],
    ['it holds for longer', inBundle, [{ ...exception, expires: '2027-06-02' }], ['holds for too long']],
  ])('%s', (_, audit, exceptions, expected) => {
    const { faults } = judgeAudit(audit, bundled, exceptions, today);
    expect(faults).toEqual(expected.map((part) => expect.stringContaining(part)));
  });

  test.each([
    ['without a reason', { ...exception, reason: 'safe' }],
    ['without an end', { ...exception, expires: undefined }],
    ['until a day that is none', { ...exception, expires: '2026-02-30' }],
    ['of no advisory', { ...exception, advisory: 'all' }],
    ['with something else', { ...exception, severity: 'low' }],
  ])('an exception %s is refused', (_, one) => {
    expect(exceptionsSchema.safeParse([one]).success).toBe(false);
    expect(exceptionsSchema.safeParse([exception]).success).toBe(true);
  });
});

test('the exceptions that are written are exceptions', () => {
  const written = JSON.parse(readFileSync('vulnerability-exceptions.json', 'utf8'));
  expect(exceptionsSchema.safeParse(written).success).toBe(true);
});

/** npm takes its time on a machine that is busy. */
jest.setTimeout(60_000);

/** npm itself, asking a registry of our own in the place of npm's. */
describe('npm run check:vulnerabilities', () => {
  let registry: Server;
  let folder: string;
  let known: Record<string, object[]> | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-audit-'));
    writeFileSync(join(folder, 'bundled.json'), JSON.stringify([{ path: 'node_modules/qs' }]));
    writeFileSync(join(folder, 'none.json'), '[]');
    registry = createServer((request, response) => {
      const isAsked = known && request.method === 'POST' && request.url?.endsWith('/advisories/bulk');
      response.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isAsked ? known : {}));
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
  });

  afterAll(() => {
    registry.close();
    rmSync(folder, { recursive: true });
  });

  const check = async () => {
    const args = ['--import', 'tsx', 'scripts/vulnerabilities.ts'];
    const files = [join(folder, 'bundled.json'), join(folder, 'none.json')];
    const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    const env = {
      ...process.env,
      npm_config_registry: address,
      npm_config_cache: join(folder, 'cache'),
      npm_config_fetch_retries: '0',
    };
    return new Promise<{ code: number; said: string }>((resolve) => {
      const child = execFile(process.execPath, [...args, ...files], { env }, (_, out, err) =>
        resolve({ code: child.exitCode ?? -1, said: out + err }),
      );
    });
  };
  const everyVersion = { id: 1, url, title: 'Loops', severity: 'high', vulnerable_versions: '<99', cwe: [] };

  test('passes when only what is not deployed is vulnerable', async () => {
    known = { fflate: [everyVersion] };
    expect(await check()).toEqual({
      code: 0,
      said: expect.stringMatching(/^fflate: Loops .* is not in the bundle\nNothing vulnerable/),
    });
  });

  test('fails when what is deployed is vulnerable', async () => {
    known = { qs: [everyVersion], fflate: [everyVersion] };
    const { code, said } = await check();
    expect([code, said]).toEqual([1, expect.stringContaining(`qs: Loops (high, ${url}) is in the bundle`)]);
  });

  test('fails when the registry does not say', async () => {
    known = undefined;
    expect(await check()).toEqual({ code: 2, said: expect.stringContaining('npm audit gave no report') });
  });
});
