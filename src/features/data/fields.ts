import type { Lang } from '../../records.js';
import type { Text } from '../../text/text.js';

/** What the file says of somebody; each is named by a text, in the language of whoever reads it. */
export const fields = [
  'made',
  'identity',
  'name',
  'aadId',
  'teamsId',
  'chat',
  'language',
  'chosenLanguage',
  'timeZone',
  'lastActivity',
  'messagesWanted',
  'searchWords',
  'engagements',
  'number',
  'kind',
  'level',
  'state',
  'since',
  'firstDay',
  'lastDay',
  'from',
  'until',
  'halfDays',
  'schools',
  'academies',
  'site',
  'places',
  'remark',
  'expected',
  'written',
  'answer',
  'answeredAt',
  'askedOn',
  'confirmBy',
  'rank',
  'proposal',
  'pupils',
  'invitations',
  'at',
  'notBefore',
  'history',
  'what',
  'why',
  'noted',
  'title',
  'day',
  'text',
  'years',
  'year',
  'attended',
  'approved',
  'closedYears',
  'version',
  'messages',
  'caused',
  'reminders',
  'dueAt',
  'links',
  'file',
  'expiresAt',
  'usedAt',
  'downloads',
  'audit',
  'before',
  'after',
  'monthlyCards',
  'month',
  'imports',
] as const;
export type Field = (typeof fields)[number];
export type Said = string | number | boolean | readonly Said[] | { readonly [name: string]: Said };

/** An object of the file: what is there, under names that people read. */
export type Say = (values: { readonly [F in Field]?: Said | undefined }) => { readonly [name: string]: Said };

/** Writes objects of the file in a language, without what is empty. */
export const sayIn =
  (t: Text): Say =>
  (values) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([field, value]) =>
        value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
          ? []
          : [[t.at(`data.field.${field}`), value]],
      ),
    );

export const languageName = (l: Lang, t: Text): string => t.at(`preferences.${l}`);
