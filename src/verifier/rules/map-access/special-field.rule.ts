import { defineRule } from '../rule.ts';

export const specialField = defineRule({
  id: 'map-access/special-field',
  errno: 'EACCES',
  title: 'fields that the kernel manages are not read and written as bytes',
  explanation: 'check_map_access(), kernel/bpf/verifier.c, since v6.2: every field of the record of a value but kptrs.',
  message: 'the access hits the field of kind {kind} at offset {offset} of the value of map {map}',
  suggestion: 'use the kfuncs that belong to that kind of field',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
