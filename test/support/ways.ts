import type { Route } from '../../src/teams/routes.js';

/** What Teams sends by each way in, beside who sends it: whoever adds a way adds it here, and to permissions-ways.test.ts. */
export const samples: Record<Route, Record<string, object>> = {
  button: {
    'a button': {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'help.open', data: {} }, trigger: 'manual' },
    },
  },
  search: {
    'a search': {
      type: 'invoke',
      name: 'application/search',
      value: { kind: 'search', queryText: 'jean', dataset: 'schools', queryOptions: { skip: 0, top: 5 } },
    },
  },
  consent: {
    'an answer to the offer of a file': {
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: { type: 'fileUpload', action: 'decline', context: { link: 'a'.repeat(32) } },
    },
  },
  feedback: {
    'feedback on an answer': {
      type: 'invoke',
      name: 'message/submitAction',
      value: {
        actionName: 'feedback',
        actionValue: { reaction: 'like', feedback: '{"feedbackText":"oui"}' },
      },
    },
  },
  message: {
    'a message': { type: 'message', text: 'aide' },
    'a button of a client without Action.Execute': { type: 'message', value: { verb: 'help.open' } },
  },
  presence: {
    'an installation': { type: 'installationUpdate', action: 'add' },
    'a removal': { type: 'installationUpdate', action: 'remove' },
    'a conversation update': { type: 'conversationUpdate', membersAdded: [{ id: '28:passerelle' }] },
  },
  unknownInvoke: { 'an invoke of an unknown name': { type: 'invoke', name: 'task/fetch', value: {} } },
  nothing: { 'an activity of an unknown type': { type: 'messageReaction', value: {} } },
};

/** A row each: the way, what is sent, and what it says. */
export const sampleRows = Object.entries(samples).flatMap(([way, activities]) =>
  Object.entries(activities).map(([name, more]) => [name, more, way as Route] as const),
);
