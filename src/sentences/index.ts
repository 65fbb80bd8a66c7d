export { preparePlaces } from './known-places.js';
export { mayNameSomebody } from './names.js';
export { understand } from './understand.js';
