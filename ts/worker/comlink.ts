// The parts of Comlink that are used. In dist this file holds Comlink itself, since import maps do not apply in
// workers.

export type { Endpoint } from 'comlink';
export { expose, transfer, wrap } from 'comlink';
