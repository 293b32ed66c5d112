// Comlink, as far as it is used. In dist this file holds Comlink itself: in a worker, where an import map does not reach, nothing else
// would find it.

export type { Endpoint } from 'comlink';
export { expose, transfer, wrap } from 'comlink';
