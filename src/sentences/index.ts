export { preparePlaces } from './places.js';
export { understand } from './understand.js';
