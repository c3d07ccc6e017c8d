import type { Argument, ArgumentType, Helper, Prototype } from '../../../../generated/types/helper.ts';
import type { HelperArgument, HelperPrototype, HelperReturn } from './helper-prototype.ts';

/** A prototype as the verifier reads it: everything that the registry leaves out is said. */
export function projectPrototype({ id, name }: Helper, { flags = [], returns, args }: Prototype): HelperPrototype {
  return {
    id,
    name,
    gplOnly: flags.includes('gpl_only'),
    packetAccess: flags.includes('pkt_access'),
    mightSleep: flags.includes('might_sleep'),
    changesPacket: flags.includes('changes_packet'),
    returns: projectReturn(returns),
    args: args.map(projectArgument),
  };
}

function projectReturn(returns: Prototype['returns']): HelperReturn {
  const { type, flags = [], btf } = typeof returns === 'string' ? { type: returns } : returns;
  return {
    type,
    maybeNull: flags.includes('maybe_null'),
    readOnly: flags.includes('rdonly'),
    trusted: flags.includes('trusted'),
    btf,
  };
}

function projectArgument(argument: ArgumentType | Argument): HelperArgument {
  const { type, flags = [], size, btf } = typeof argument === 'string' ? { type: argument } : argument;
  return { type, flags, size, btf };
}
