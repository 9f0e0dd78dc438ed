// The peer Go in `./costudio bench net`: what a program of its standard library alone looks like.
//
//	go http|echo PORT
package main

import (
	"net"
	"net/http"
	"os"
)

var hello = []byte("Hello from a goroutine.\n")

func serveHTTP(address string) error {
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write(hello)
	}))
}

func echo(connection net.Conn) {
	defer connection.Close()
	buffer := make([]byte, 16*1024)
	for {
		got, err := connection.Read(buffer)
		if err != nil {
			return
		}
		if _, err = connection.Write(buffer[:got]); err != nil {
			return
		}
	}
}

func serveEcho(address string) error {
	listener, err := net.Listen("tcp", address)
	for err == nil {
		var connection net.Conn
		if connection, err = listener.Accept(); err == nil {
			go echo(connection)
		}
	}
	return err
}

func main() {
	serve := serveHTTP
	if os.Args[1] == "echo" {
		serve = serveEcho
	}
	if err := serve("127.0.0.1:" + os.Args[2]); err != nil {
		println(err.Error())
		os.Exit(1)
	}
}
