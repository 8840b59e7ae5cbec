#include <gtest/gtest.h>

#include <cmath>

#include "heed/base/control_group.h"
#include "heed/base/machine_memory.h"
#include "heed/base/processors.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

/// A machine whose system files the test writes.
class Machine : public WithFolder {
 protected:
  void system_file(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    write_file(folder_ / name, content);
  }
};

TEST_F(Machine, counts_processors_and_the_cores_that_they_share) {
  std::string info;
  for (int i = 0; i < 8; ++i)
    info += "processor\t: " + std::to_string(i) +
            "\nmodel name\t: A Processor\nphysical id\t: " + std::to_string(i / 4) +
            "\ncore id\t\t: " + std::to_string(i / 2 % 2) + "\n\n";
  system_file("proc/cpuinfo", info);
  const Processors found = processors(folder_);
  EXPECT_EQ(found.name, "A Processor");
  EXPECT_EQ(found.online, 8);
  EXPECT_EQ(found.cores, 4);
  EXPECT_EQ(found.quota, 0);
}

TEST_F(Machine, knows_some_processor_where_the_system_says_nothing) {
  const Processors found = processors(folder_);
  EXPECT_FALSE(found.name.empty());
  EXPECT_GE(found.online, 1);
  EXPECT_FALSE(found.allowed.empty());
}

TEST_F(Machine, reads_memory_and_huge_pages) {
  system_file("proc/meminfo",
              "MemTotal:       1000 kB\nMemAvailable:    400 kB\nHugePages_Total:       6\n"
              "HugePages_Free:        2\nHugepagesize:       2048 kB\n");
  system_file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  const MachineMemory memory = machine_memory(folder_);
  EXPECT_EQ(memory.total, 1000 * 1024);
  EXPECT_EQ(memory.available, 400 * 1024);
  EXPECT_EQ(memory.free(), 400 * 1024);
  EXPECT_EQ(memory.huge_pages, 6);
  EXPECT_EQ(memory.free_huge_pages, 2);
  EXPECT_EQ(memory.huge_page_bytes, 2048 * 1024);
  EXPECT_EQ(memory.transparent_huge_pages, "madvise");
  EXPECT_FALSE(memory.limit);
}

TEST_F(Machine, takes_the_tightest_limit_of_a_group_and_those_above_it) {
  system_file("proc/self/cgroup", "0::/batch/job\n");
  system_file("sys/fs/cgroup/batch/job/memory.max", "max\n");
  system_file("sys/fs/cgroup/batch/memory.max", "3000\n");
  system_file("sys/fs/cgroup/batch/memory.current", "1000\n");
  system_file("sys/fs/cgroup/batch/job/cpu.max", "150000 100000\n");
  system_file("sys/fs/cgroup/batch/cpu.max", "max 100000\n");
  system_file("proc/meminfo", "MemTotal: 9 kB\nMemAvailable: 8 kB\n");
  EXPECT_EQ(control_group(folder_).memory_limit, 3000);
  EXPECT_EQ(control_group(folder_).processors, 1.5);
  EXPECT_EQ(machine_memory(folder_).free(), 2000);
}

TEST_F(Machine, counts_what_a_group_would_give_up_as_free) {
  system_file("proc/self/cgroup", "0::/job\n");
  system_file("sys/fs/cgroup/job/memory.max", "9000\n");
  system_file("sys/fs/cgroup/job/memory.current", "5000\n");
  system_file("sys/fs/cgroup/job/memory.stat", "anon 1000\nfile 4000\ninactive_file 3000\n");
  system_file("sys/fs/cgroup/memory.max", "10000\n");
  system_file("sys/fs/cgroup/memory.current", "7000\n");
  EXPECT_EQ(control_group(folder_).memory_limit, 9000);
  EXPECT_EQ(control_group(folder_).memory_left, 3000);  // of the group above
}

TEST_F(Machine, takes_memory_for_unlimited_where_the_system_says_nothing) {
  EXPECT_TRUE(std::isinf(machine_memory(folder_).free()));
}

TEST_F(Machine, finds_limits_at_the_top_where_a_container_hides_the_path) {
  system_file("proc/self/cgroup", "0::/system.slice/docker-123.scope\n");
  system_file("sys/fs/cgroup/memory.max", "4096\n");
  EXPECT_EQ(control_group(folder_).memory_limit, 4096);
}

TEST_F(Machine, reads_control_groups_of_version_1) {
  system_file("proc/self/cgroup", "9:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/\n");
  system_file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "8192\n");
  system_file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "192\n");
  system_file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  system_file("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "-1\n");
  system_file("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000\n");
  const ControlGroup group = control_group(folder_);
  EXPECT_EQ(group.memory_limit, 8192);
  EXPECT_EQ(group.memory_left, 8000);
  EXPECT_FALSE(group.processors);
}

TEST_F(Machine, takes_nonsense_for_no_limit) {
  system_file("proc/self/cgroup", "nonsense\n0::/../../etc\n::\n");
  system_file("sys/fs/cgroup/memory.max", "many\n");
  system_file("sys/fs/cgroup/cpu.max", "100000 0\n");
  const ControlGroup group = control_group(folder_);
  EXPECT_FALSE(group.memory_limit);
  EXPECT_FALSE(group.processors);
}

TEST(Threads, are_no_more_than_get_their_time) {
  EXPECT_EQ(threads_within(8, 0), 8);  // no quota
  EXPECT_EQ(threads_within(8, 0.5), 1);
  EXPECT_EQ(threads_within(8, 1.9), 1);
  EXPECT_EQ(threads_within(8, 3), 3);
  EXPECT_EQ(threads_within(8, 100), 8);
}

TEST(Ranges, are_as_short_as_can_be) {
  EXPECT_EQ(ranges_text({}), "");
  EXPECT_EQ(ranges_text({3}), "3");
  EXPECT_EQ(ranges_text({0, 1, 2, 3, 6, 8, 9}), "0-3,6,8-9");
}

}  // namespace
}  // namespace heed
