import { createAuthentication } from '../../src/teams/authentication.js';
import { createConnectors, isSafeServiceUrl } from '../../src/teams/connectors.js';

it.each([
  ['https://smba.trafficmanager.net/fr/', true],
  ['http://127.0.0.1:3978/', true],
  ['http://localhost:3978/', true],
  ['http://[::1]:3978/', true],
  ['http://smba.trafficmanager.net/fr/', false],
  ['http://127.evil.example/', false],
  ['ftp://localhost/', false],
  ['no address', false],
  ['', false],
])('whether the app’s token may be sent to %p: %s', (url, safe) => expect(isSafeServiceUrl(url)).toBe(safe));

it('a service URL has one connector, and another has its own', async () => {
  const auth = createAuthentication({ MicrosoftAppType: 'SingleTenant' }).outgoing;
  const connectorFor = createConnectors({ auth, appId: '', connections: 'own' });
  const first = await connectorFor('http://127.0.0.1:1/');
  expect(await connectorFor('http://127.0.0.1:1/')).toBe(first);
  expect(await connectorFor('http://127.0.0.1:2/')).not.toBe(first);
  await expect(connectorFor('http://elsewhere.example/')).rejects.toThrow('is not https');
});
