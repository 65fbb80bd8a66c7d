import { z } from 'zod';
import type { DrawnCard } from '../../ports.js';
import type { Link } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { DrawMessage, Feature, Services } from '../feature.js';
import { stateOfLink } from '../shared/links.js';
import { fileTexts, makeFile } from './make.js';

const offered = z.object({ link: z.string() });
/** A file that Teams has put into somebody's OneDrive. Source: `fileUpload` of "Send and receive files using bots". */
const received = z.object({ name: z.string(), url: z.string(), id: z.string(), type: z.string() });
const failed = z.object({ reason: z.string(), file: z.string().optional() });

/**
 * The card on which Teams asks somebody whether they want a file. It states the size, so the file is made for it; what
 * they get is made again when they accept.
 */
async function askConsent(link: Link, t: Text, services: Services): Promise<DrawnCard | undefined> {
  const file = await makeFile(link, services);
  if (!file) return undefined;
  const context = { link: link.id };
  const description = t.at(`${fileTexts(link.file)}.what`);
  return {
    summary: description,
    content: {
      description,
      sizeInBytes: Buffer.byteLength(file.content),
      acceptContext: context,
      declineContext: context,
    },
    file: { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: file.name },
  };
}

const offer: DrawMessage = async ({ data, lang }, reader, services) => {
  const link = await reader.get('links', offered.parse(data).link);
  if (!link || stateOfLink(link, services.clock.now()) !== 'ready') return undefined;
  return () => askConsent(link, services.textIn(lang), services);
};

const give: DrawMessage = async ({ data, lang }, _reader, services) => {
  const { name, url, id, type } = received.parse(data);
  return async () => ({
    summary: services.textIn(lang)('files.received', { name }),
    content: { uniqueId: id, fileType: type },
    file: { contentType: 'application/vnd.microsoft.teams.card.file.info', name, contentUrl: url },
  });
};

const tellFailure: DrawMessage = async ({ data, lang }, _reader, services) => {
  const { reason, file } = failed.parse(data);
  const t = services.textIn(lang);
  const heading = t.at(`files.told.${reason}.heading`);
  const again = file ? t.at(`${fileTexts(file)}.again`) : '';
  const why = [t.at(`files.told.${reason}.why`), again].filter(Boolean).join(' ');
  return { template: 'refusal', lang, summary: heading, data: { heading, why } };
};

/** Files through Teams, in somebody's own chat: what it asks them, what it has given them, and what went wrong. */
export const files: Feature = {
  name: 'files',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {},
  messages: { offer, give, failed: tellFailure },
};
