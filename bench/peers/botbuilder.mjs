import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { sayAddress } from './listen.mjs';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (req, res) =>
  adapter.process(req, res, (context) => context.sendActivity(context.activity.text)),
);
server.listen(0, '127.0.0.1', () => sayAddress(server));
