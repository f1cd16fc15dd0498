/** For webviews, which see nothing of `src` but its protocol. */
export {
  replicationOf,
  type LeftOut,
  type PooledRatio,
  type Replication,
  type ReplicationSet,
} from "../../runs/replication.ts";
