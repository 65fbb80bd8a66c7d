/**
 * The invented company of the Playground: who is in it, where they talk, under which ids.
 * Sample data and the browser tests use the same ids, so that everything is in place at the first start.
 */

/** Kept to one version: what is observed here (ids, routes, looks) belongs to it. */
export const PLAYGROUND_PACKAGE = '@microsoft/m365agentsplayground@0.2.28';

export interface PlaygroundUser {
  /** What an activity has in `from.id`. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
}

const person = (number: number, givenName: string, surname: string): PlaygroundUser => {
  const plain = `${givenName}.${surname}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');
  return {
    id: `29:${plain}`,
    aadObjectId: `00000000-0000-4000-8000-00000000000${number}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    // example.com can never receive anything (RFC 2606).
    email: `${plain}@example.com`,
  };
};

export const TENANT_ID = '00000000-0000-4000-8000-0000000000aa';

export const BOT = { id: '28:passerelle', name: 'Passerelle' } as const;

/** All invented, and their names say so. The Playground is used as Camille; the others are in the team. */
export const USERS = {
  camille: person(1, 'Camille', 'Modèle'),
  ines: person(2, 'Inès', 'Exemple'),
  hugo: person(3, 'Hugo', 'Témoin'),
  zoe: person(4, 'Zoé', 'Spécimen'),
  louis: person(5, 'Louis', 'Fictif'),
  nadia: person(6, 'Nadia', 'Échantillon'),
} as const;

export const CURRENT_USER = USERS.camille;

/** Camille's chat with the bot: the only personal chat that the Playground shows, and it exists from the start. */
export const PERSONAL_CHAT_ID = 'a:personal-camille';

export const GROUP_CHAT = { id: '19:groupe@thread.v2', name: 'Groupe' } as const;

export const TEAM = {
  id: '19:equipe@thread.tacv2',
  name: 'Passerelle',
  aadGroupId: '00000000-0000-4000-8000-0000000000bb',
} as const;

/**
 * The Playground shows "General", whose id is the team's as in Teams, and at most one channel more.
 * So General is where announcements go.
 */
export const CHANNELS = {
  coordination: { id: '19:coordination@thread.tacv2', name: 'Coordination' },
  announcements: { id: TEAM.id, name: 'General' },
} as const;

export const DEFAULT_PLAYGROUND_PORT = 56150;

/** The Playground's connector, as activities name it. It is `localhost` unless told otherwise. */
export const serviceUrl = (port: number = DEFAULT_PLAYGROUND_PORT): string =>
  `http://127.0.0.1:${port}/_connector`;

const user = (u: PlaygroundUser) => ({
  id: u.id,
  name: u.name,
  // The Playground's own spelling.
  userPrincipleName: u.email,
  aadObjectId: u.aadObjectId,
  givenName: u.givenName,
  surname: u.surname,
  email: u.email,
});

/** The text of `.m365agentsplayground.yml`. JSON is YAML, so nothing needs to be quoted by hand. */
export function playgroundYaml(): string {
  const others = Object.values(USERS).filter((u) => u !== CURRENT_USER);
  const config = {
    version: '0.1.0',
    tenantId: TENANT_ID,
    bot: BOT,
    currentUser: user(CURRENT_USER),
    users: others.map(user),
    personalChat: { id: PERSONAL_CHAT_ID },
    groupChat: GROUP_CHAT,
    team: { ...TEAM, channels: [CHANNELS.coordination] },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
