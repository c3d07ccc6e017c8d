/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Tests of config options. One that is not set is an unknown name to the preprocessor, and so 0. */
#ifndef STAND_IN_KCONFIG_H
#define STAND_IN_KCONFIG_H

#define IS_BUILTIN(option) (option)
#define IS_MODULE(option) (option##_MODULE)
#define IS_ENABLED(option) (option || option##_MODULE)
#define IS_REACHABLE(option) (option || (option##_MODULE && MODULE))

#endif
