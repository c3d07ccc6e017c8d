export { branchTaken } from './branch-taken.ts';
export { flipOp, type JumpOp } from './jump-op.ts';
export { refine, type Refined, type Side } from './refine.ts';
