import { ActivityHandler, CloudAdapter } from '@microsoft/agents-hosting';
import express from 'express';
import { sayAddress } from './listen.mjs';

const adapter = new CloudAdapter({});
const echo = new ActivityHandler();
echo.onMessage(async (context, next) => {
  await context.sendActivity(context.activity.text);
  await next();
});
const app = express();
app.use(express.json());
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => echo.run(context)));
const server = app.listen(0, '127.0.0.1', () => sayAddress(server));
