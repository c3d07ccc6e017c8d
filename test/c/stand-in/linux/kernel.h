/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What <linux/kernel.h> and <linux/kconfig.h> give a generated header. */
#ifndef STAND_IN_KERNEL_H
#define STAND_IN_KERNEL_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))

#endif
