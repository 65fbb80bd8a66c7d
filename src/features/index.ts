import { agreements } from './agreements/index.js';
import { approval } from './approval/index.js';
import type { Feature } from './feature.js';
import { help } from './help.js';
import { host } from './host/index.js';
import { mine } from './mine/index.js';
import { outcome } from './outcome.js';
import { pending } from './pending/index.js';
import { preferences } from './preferences.js';
import { progress } from './progress.js';
import { publish } from './publish.js';
import { recheck } from './recheck/index.js';
import { sessions } from './sessions/index.js';
import { setup } from './setup.js';
import { volunteer } from './volunteer/index.js';
import { weekly } from './weekly/index.js';

/** All that Passerelle does, in the order in which the help names it. */
export const features: readonly Feature[] = [
  volunteer,
  host,
  sessions,
  mine,
  progress,
  preferences,
  approval,
  pending,
  publish,
  outcome,
  agreements,
  recheck,
  weekly,
  setup,
  help,
];
