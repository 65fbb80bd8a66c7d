import { Application, TeamsAdapter } from '@microsoft/teams-ai';
import { ConfigurationServiceClientCredentialFactory, MemoryStorage } from 'botbuilder';
import restify from 'restify';
import { sayAddress } from './listen.mjs';

const adapter = new TeamsAdapter({}, new ConfigurationServiceClientCredentialFactory({}));
const app = new Application({ adapter, storage: new MemoryStorage() });
app.activity('message', async (context) => void (await context.sendActivity(context.activity.text)));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (req, res) => adapter.process(req, res, (context) => app.run(context)));
server.listen(0, '127.0.0.1', () => sayAddress(server));
