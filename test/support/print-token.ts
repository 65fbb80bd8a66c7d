// A process of its own that prints the token of a managed identity, whose host is described in the environment.
import type { AppCredentials } from 'botframework-connector';
import { createAuthentication } from '../../src/teams/authentication.js';
import { createConnectors } from '../../src/teams/connectors.js';

const [appId = ''] = process.argv.slice(2);
const { outgoing } = createAuthentication({
  MicrosoftAppId: appId,
  MicrosoftAppTenantId: 'tenant',
  MicrosoftAppType: 'UserAssignedMSI',
});
const connectorFor = createConnectors({ auth: outgoing, appId, connections: 'own' });
connectorFor('https://smba.example/')
  .then(({ credentials }) => (credentials as AppCredentials).getToken())
  .then((token) => process.stdout.write(token))
  .catch((error: unknown) => {
    process.stderr.write(String(error));
    process.exitCode = 1;
  });
