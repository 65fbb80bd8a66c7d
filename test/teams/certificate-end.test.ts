import { createMetrics } from '../../src/metrics.js';
import { readCertificateEnd, warnOfEnd } from '../../src/teams/certificate-end.js';
import { makeCertificate } from '../support/certificate.js';
import { keepingLog, startFast } from '../support/flows.js';
import { startIssuer } from '../support/issuer.js';

const warned: [object, string][] = [];
const log = { warn: (details: object, message: string) => warned.push([details, message]), error: fail };
beforeEach(() => {
  warned.length = 0;
});
function fail(): never {
  throw new Error('it is no error');
}
const start = (pem: string, now: string) => warnOfEnd(pem, { log, clock: { now: () => now } });

const { certificate, key } = makeCertificate('passerelle', '2027-05-31');

test('the log of a start warns in the last month before the certificate ends, and after it', () => {
  start(certificate + key, '2027-05-01T23:59:59.000Z');
  expect(warned).toEqual([]);
  for (const [now, said] of [
    ['2027-05-02T00:00:00.000Z', [{ end: '2027-05-31T23:59:59.000Z', days: 29 }, /ends soon/]],
    ['2027-05-31T12:00:00.000Z', [{ end: '2027-05-31T23:59:59.000Z', days: 0 }, /ends soon/]],
    ['2027-06-01T00:00:00.000Z', [{ end: '2027-05-31T23:59:59.000Z', days: -1 }, /has ended/]],
  ] as const) {
    start(certificate + key, now);
    expect(warned.pop()).toEqual([said[0], expect.stringMatching(said[1])]);
  }
});

test.each([
  ['before its key', certificate + key],
  ['behind its key', key + certificate],
])('a certificate that stands %s is read', (_, pem) => {
  expect(readCertificateEnd(pem)).toBe(Date.parse('2027-05-31T23:59:59Z'));
});

test('the metrics say when the certificate ends, and when the one that has taken its place', async () => {
  let now = certificate + key;
  const { registry } = createMetrics(() => readCertificateEnd(now));
  const said = async () => /^passerelle_certificate_end_seconds (\d+)$/m.exec(await registry.metrics())?.[1];
  expect(Number(await said())).toBe(Date.parse('2027-05-31T23:59:59Z') / 1000);
  now = makeCertificate('passerelle', '2028-02-29').pem;
  expect(Number(await said())).toBe(Date.parse('2028-02-29T23:59:59Z') / 1000);
  expect(await createMetrics().registry.metrics()).not.toContain('certificate');
});

test('a bot with a certificate says so', async () => {
  const env = {
    MicrosoftAppId: '11111111-2222-3333-4444-555555555555',
    MicrosoftAppTenantId: '99999999-8888-7777-6666-555555555555',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppCertificate: certificate + key,
    HOST: '127.0.0.1',
    ADMINS: 'an-admin',
  };
  const [kept, issuer] = [keepingLog(), await startIssuer()];
  const parts = { log: kept.log, auth: issuer.auth };
  const bot = await startFast({ env, now: '2027-05-20T08:00:00.000Z', parts });
  try {
    const metrics = await (await fetch(`${new URL(bot.url).origin}/metrics`)).text();
    expect(metrics).toContain('passerelle_certificate_end_seconds 1');
    expect(kept.lines.join()).toContain('the certificate of the app ends soon');
  } finally {
    await bot.close();
    await issuer.close();
  }
});
