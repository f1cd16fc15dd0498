// Where things lie in the first page of the shared memory, in bytes; `../controlBlock.ts` says the same to
// the other side. Words that several threads write stand on cache lines of their own.

/** Number of the job that is open to helpers; 0 while there is none, -1 tells helpers to end. */
export const openJobWord: usize = 0;
/** How many helpers are inside the open job. */
export const activeWord: usize = 64;
/** The next tile of the open job that nobody has taken. */
export const tileWord: usize = 128;
/** How many helper threads serve. */
export const helpersWord: usize = 192;
/** Number of the latest job. */
export const latestJobWord: usize = 196;
/** How often a waiting thread looks before it sleeps. */
export const spinWord: usize = 200;
/** Address and byte length of the scratch memory: one piece of that length a thread. */
export const scratchWord: usize = 204;
export const scratchBytesWord: usize = 208;
/** The open job's arguments. */
export const jobBlock: usize = 256;

@inline
export function scratchOf(thread: i32): usize {
  return <usize>load<u32>(scratchWord) + <usize>thread * <usize>load<u32>(scratchBytesWord);
}
