// The same work in Go, which sees the one core that the driver leaves it. The counts are those of contest.h.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	switches   = 10_000_000
	spawns     = 1_000_000
	parked     = 100_000
	messages   = 4_000_000
	items      = 10_000_000
	buffer     = 128
	timers     = 100_000
)

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func report(row string, value float64) { fmt.Printf("%s %.4f\n", row, value) }

func reportEach(row string, count int, action func()) {
	start := cpuTime()
	action()
	report(row, float64(cpuTime()-start)/float64(count))
}

// The number behind "Rss:" or its like, of a file in /proc, in bytes.
func bytesOf(file, key string) float64 {
	opened, err := os.Open(file)
	if err != nil {
		panic(err)
	}
	defer opened.Close()
	for lines := bufio.NewScanner(opened); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); fields[0] == key {
			kibibytes, _ := strconv.Atoi(fields[1])
			return float64(kibibytes) * 1024
		}
	}
	panic(file + " tells no " + key)
}

func residentBytes() float64  { return bytesOf("/proc/self/smaps_rollup", "Rss:") }
func pageTableBytes() float64 { return bytesOf("/proc/self/status", "VmPTE:") }

func switchesByGosched() {
	var other sync.WaitGroup
	other.Add(1)
	go func() {
		for i := 0; i < switches/2; i++ {
			runtime.Gosched()
		}
		other.Done()
	}()
	runtime.Gosched()
	reportEach("switch", switches, func() {
		for i := 0; i < switches/2; i++ {
			runtime.Gosched()
		}
	})
	other.Wait()
}

func spawnRunEnd() {
	reportEach("spawn", spawns, func() {
		for i := 0; i < spawns; i++ {
			go func() {}()
			runtime.Gosched()
		}
	})
}

func parkMany() {
	bell := make(chan int)
	var all sync.WaitGroup
	all.Add(parked)
	resident, tables := residentBytes(), pageTableBytes()
	reportEach("create", parked, func() {
		for i := 0; i < parked; i++ {
			go func() {
				<-bell
				all.Done()
			}()
		}
		runtime.Gosched() // all of them park
	})
	report("parked", (residentBytes()-resident)/parked)
	report("page-tables", (pageTableBytes()-tables)/parked)
	close(bell)
	all.Wait()
}

func pingPong() {
	pings := make(chan int, 1)
	pongs := make(chan int, 1)
	go func() {
		for ping := range pings {
			pongs <- ping
		}
	}()
	reportEach("ping-pong", messages, func() {
		for i := 0; i < messages/2; i++ {
			pings <- i
			<-pongs
		}
	})
	close(pings)
}

func bufferedChannel() {
	seats := make(chan int, buffer)
	go func() {
		for i := 0; i < items; i++ {
			seats <- i
		}
	}()
	reportEach("buffered", items, func() {
		for i := 0; i < items; i++ {
			<-seats
		}
	})
}

func manyTimers() {
	set := make([]*time.Timer, timers)
	state := uint64(1)
	reportEach("timers-add", 1, func() {
		for i := range set {
			state = state*6364136223846793005 + 1442695040888963407
			set[i] = time.AfterFunc(time.Duration(1_000_000+(state>>33)%80_000_000)*time.Millisecond, func() {})
		}
	})
	reportEach("timers-cancel", 1, func() {
		for _, timer := range set {
			timer.Stop()
		}
	})
}

func main() {
	groups := map[string]func(){
		"switch":    switchesByGosched,
		"spawn":     spawnRunEnd,
		"parked":    parkMany,
		"ping-pong": pingPong,
		"buffered":  bufferedChannel,
		"timers":    manyTimers,
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Usage: go_peer GROUP")
		os.Exit(2)
	}
	if run := groups[os.Args[1]]; run != nil {
		run()
	}
}
