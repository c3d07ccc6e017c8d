/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What <linux/module.h> gives a generated header: the module it is compiled into, none if built in. */
#ifndef STAND_IN_MODULE_H
#define STAND_IN_MODULE_H

struct module {
	int unused;
};

#ifdef MODULE
extern struct module stand_in_module;
#define THIS_MODULE (&stand_in_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

#endif
