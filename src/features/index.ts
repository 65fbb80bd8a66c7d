import { agenda } from './agenda/index.js';
import { agreements } from './agreements/index.js';
import { amendments } from './amendments/index.js';
import { approval } from './approval/index.js';
import { audit } from './audit/index.js';
import { hostFor, volunteerFor } from './behalf/forms.js';
import { behalf } from './behalf/index.js';
import { closing } from './closing/index.js';
import { convention } from './convention/index.js';
import { data } from './data/index.js';
import { dates } from './dates/index.js';
import { deadlines } from './deadlines/index.js';
import { erasure } from './erasure/index.js';
import { events } from './events/index.js';
import type { Feature } from './feature.js';
import { files } from './files/index.js';
import { help } from './help/index.js';
import { host } from './host/index.js';
import { imports } from './imports/index.js';
import { invitations } from './invitations/index.js';
import { mine } from './mine/index.js';
import { outcome } from './outcome/index.js';
import { pending } from './pending/index.js';
import { preferences } from './preferences/index.js';
import { preparation } from './preparation/index.js';
import { progress } from './progress/index.js';
import { publish } from './publish/index.js';
import { recheck } from './recheck/index.js';
import { regional } from './regional/index.js';
import { registers } from './registers/index.js';
import { reminders } from './reminders/index.js';
import { report } from './report/index.js';
import { retention } from './retention/index.js';
import { search } from './search/index.js';
import { sessions } from './sessions/index.js';
import { setup } from './setup/index.js';
import { story } from './story/index.js';
import { volunteer } from './volunteer/index.js';
import { weekly } from './weekly/index.js';

/** All features, in the order in which the help lists them. */
export const features: readonly Feature[] = [
  volunteer,
  host,
  sessions,
  mine,
  agenda,
  events,
  progress,
  preferences,
  data,
  erasure,
  retention,
  approval,
  pending,
  search,
  report,
  closing,
  deadlines,
  convention,
  amendments,
  imports,
  registers,
  audit,
  publish,
  invitations,
  dates,
  behalf,
  volunteerFor,
  hostFor,
  outcome,
  agreements,
  preparation,
  files,
  reminders,
  recheck,
  story,
  weekly,
  regional,
  setup,
  help,
];
