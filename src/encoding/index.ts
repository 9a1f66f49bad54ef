export type { Duration } from './duration.js';
